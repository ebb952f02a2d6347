/**
 * What `GET /v1/services/:name` answers: where the repository of a service of
 * that name is, or would be. It says nothing about what is in it.
 *
 * @public
 */
export interface ServiceLookup {
  readonly name: string;
  readonly repository: {
    /** Web address. */
    readonly url: string;
    /** Whether it exists, as far as the portal's account can see. */
    readonly exists: boolean;
  };
}
