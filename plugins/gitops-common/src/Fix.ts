/**
 * What a person can do about a finding.
 *
 * @public
 */
export interface Fix {
  /** Full sentences. */
  readonly text: string;
  /** Something to paste; where there are several, one of them is enough. */
  readonly snippets?: readonly {
    /** Where it goes, for example `Application in the platform repository`. */
    readonly place: string;
    readonly text: string;
  }[];
  /** Where to do it, or where it is explained. */
  readonly link?: { readonly title: string; readonly url: string };
}
