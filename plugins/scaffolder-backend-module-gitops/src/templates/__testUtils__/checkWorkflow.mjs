// Prints what is wrong with the workflow on the standard input, and its jobs.
// A program of its own, because Jest cannot load the parser: an ES module that
// imports JSON, and without saying so, as only bundlers allow.
import { registerHooks } from 'node:module';
import { text } from 'node:stream/consumers';

registerHooks({
  load: (url, context, next) =>
    next(
      url,
      url.endsWith('.json')
        ? { ...context, importAttributes: { type: 'json' } }
        : context,
    ),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
  await import('@actions/workflow-parser');

const { context, value } = parseWorkflow(
  { name: 'ci.yaml', content: await text(process.stdin) },
  new NoOperationTraceWriter(),
);
const { jobs = [] } = value
  ? await convertWorkflowTemplate(context, value)
  : {};
process.stdout.write(
  JSON.stringify({
    errors: context.errors.getErrors().map(({ message }) => message),
    jobs: jobs.map(({ id }) => id.toString()),
  }),
);
