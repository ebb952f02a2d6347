import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { type Reply } from '../http/Reply';
import { Router } from '../http/Router';

interface Contract {
  readonly operations: Record<string, Record<string, object | null>>;
  readonly schemas: Record<string, object>;
}

/** An answer as it went over the wire. */
interface Observed {
  readonly method: string;
  /** Below the API's base, still encoded. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** What GitHub promises of each operation that we serve. */
export class GithubContract {
  readonly operations: readonly string[];
  /** Operations of which a success was checked. */
  readonly seen = new Set<string>();
  readonly #contract: Contract;
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #router: Router;

  constructor() {
    const file = resolve(__dirname, '../../../contract/github.json');
    this.#contract = JSON.parse(readFileSync(file, 'utf8')) as Contract;
    this.#ajv.addSchema(this.#contract, 'github');
    this.operations = Object.keys(this.#contract.operations);
    this.#router = new Router(
      this.operations.map(operation => ({
        operation,
        handle: async (): Promise<Reply> => ({ status: 501 }),
      })),
    );
  }

  /** What is wrong with an answer; empty if nothing is. */
  check({ method, path, status, body }: Observed): string[] {
    const operation = this.#router.find(method, path)?.route.operation;
    if (!operation) return [`${method} ${path} is no operation of GitHub`];
    const answers = this.#contract.operations[operation] ?? {};
    if (!(status in answers)) {
      // Described for all operations at once, in prose.
      return [400, 401, 403, 404, 409, 422].includes(status)
        ? []
        : [`${operation} never answers ${status}`];
    }
    if (status < 300) this.seen.add(operation);
    const schema = answers[String(status)];
    if (!schema || typeof body === 'string') return [];
    const validate = this.#validatorOf(operation, status);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${operation} ${status} ${instancePath} ${message} ${JSON.stringify(
          params,
        )}`,
    );
  }

  #validatorOf(operation: string, status: number): ValidateFunction {
    const escape = (key: string) =>
      encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
    const pointer = `github#/operations/${escape(operation)}/${status}`;
    const known = this.#validators.get(pointer);
    const validate = known ?? this.#ajv.compile({ $ref: pointer });
    this.#validators.set(pointer, validate);
    return validate;
  }
}
