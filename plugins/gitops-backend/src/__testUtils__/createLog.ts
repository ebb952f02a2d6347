import { type RootLoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { type JsonObject } from '@backstage/types';

/** Keeps all that is logged, at every level, with its metadata. */
export function createLog() {
  const lines: string[] = [];
  const loggerOf = (meta: JsonObject): RootLoggerService => {
    const log = (message: string, more?: Error | JsonObject) =>
      lines.push(JSON.stringify([message, meta, more], withErrors));
    return {
      error: log,
      warn: log,
      info: log,
      debug: log,
      child: child => loggerOf({ ...meta, ...child }),
    };
  };
  return { lines, logger: loggerOf({}) };
}

/** JSON has nothing of an error, wherever it is. */
function withErrors(_: string, value: unknown): unknown {
  return isError(value)
    ? {
        ...value,
        message: value.message,
        stack: value.stack,
        cause: value.cause,
      }
    : value;
}
