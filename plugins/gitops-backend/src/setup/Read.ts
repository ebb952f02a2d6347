/** Why something could not be read. `late`: it took too long. */
export type ReadFailureKind =
  | 'unreachable'
  | 'unauthorised'
  | 'limited'
  | 'missing'
  | 'refused'
  | 'late';

export interface ReadFailure {
  readonly kind: ReadFailureKind;
  /** For people: without addresses and credentials. */
  readonly message: string;
}

/** What was read, or why it could not be. */
export type Read<T> =
  | { readonly value: T; readonly failure?: undefined }
  | { readonly value?: undefined; readonly failure: ReadFailure };
