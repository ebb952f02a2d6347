type Fields = Readonly<Record<string, unknown>>;

/** Writes what happened: one JSON object a line, which log collectors take apart. */
export interface Log {
  info(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** A log that gives its lines to `write`. */
export function createLog(write: (line: string) => void): Log {
  const say = (level: string, message: string, fields?: Fields) =>
    write(
      JSON.stringify(
        { time: new Date().toISOString(), level, message, ...fields },
        (_key, value) => (value instanceof Error ? value.stack : value),
      ),
    );
  return {
    info: (message, fields) => say('info', message, fields),
    error: (message, fields) => say('error', message, fields),
  };
}
