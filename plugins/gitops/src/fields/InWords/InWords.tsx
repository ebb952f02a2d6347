import { useEffect } from 'react';
import { QueryCache } from '../../query/QueryCache';
import { answersOf } from './answersOf';
import { type inWordsSchema } from './schema';
import { useWords } from './useWords';

type Props = typeof inWordsSchema.TProps;

/**
 * The answers to other questions of the form, in words. It is neither asked nor
 * shown in the form: the review page lists what it holds.
 *
 * It holds an object because the review page has a line for whatever a form's
 * data has a key for, and a form cannot lose a key again. Of an object, which it
 * lists line by line, nothing remains when an answer is taken back.
 */
export function InWords(props: Props) {
  return (
    <QueryCache>
      <Words {...props} />
    </QueryCache>
  );
}

function Words({ schema, formContext, formData, onChange }: Props) {
  const words = useWords(answersOf(schema, formContext.formData));
  // After each rendering, whatever changed: a field that answers in the same
  // moment brings back what was here before, and so may a link.
  useEffect(() => {
    if (JSON.stringify(formData ?? {}) !== JSON.stringify(words)) {
      onChange(words);
    }
  });
  return null;
}
