// `diff` brings no types before its version 8; this is what is used of it.
declare module 'diff' {
  interface Part {
    readonly value: string;
    readonly added?: boolean;
    readonly removed?: boolean;
  }

  /** Nothing where more edits than allowed would be needed. */
  export function diffLines(
    before: string,
    after: string,
    options: { readonly maxEditLength: number },
  ): readonly Part[] | undefined;

  export function createTwoFilesPatch(
    ...args: [
      beforeName: string,
      afterName: string,
      before: string,
      after: string,
      beforeHeader: undefined,
      afterHeader: undefined,
      options: { readonly context: number },
    ]
  ): string;
}
