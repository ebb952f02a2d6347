import { createLog } from './log.ts';
import { routes } from './routes.ts';
import { startService } from './service.ts';

const log = createLog(line => process.stdout.write(`${line}\n`));
const service = await startService({
  port: Number(process.env.PORT ?? ${{ values.port }}),
  routes,
  log,
});
log.info('Listening', { port: service.port });

async function stop(signal: string) {
  log.info('Stopping', { signal });
  await service.stop({
    drainMs: Number(process.env.DRAIN_SECONDS ?? 0) * 1000,
    graceMs: 15_000,
  });
  log.info('Stopped');
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
