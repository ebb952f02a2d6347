import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import { type Log } from '../Log';
import { type HostingState } from './records';

/** The state in one JSON file: replaced as a whole, one save at a time. */
export class Store {
  readonly state: HostingState;
  readonly #file: string;
  readonly #log: Log;
  #dirty = false;
  #saving: Promise<void> | undefined;

  private constructor(file: string, state: HostingState, log: Log) {
    this.#file = file;
    this.state = state;
    this.#log = log;
  }

  static async open(file: string, log: Log): Promise<Store> {
    await mkdir(dirname(file), { recursive: true });
    return new Store(file, await load(file), log);
  }

  nextId(): number {
    this.state.nextId += 1;
    return this.state.nextId;
  }

  /** To be called after every change of the state. */
  changed(): void {
    this.#dirty = true;
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
      // Something may have changed after the last look.
      if (this.#dirty) this.changed();
    });
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    while (this.#saving) await this.#saving;
  }

  async #save(): Promise<void> {
    // Lets one request finish all its changes before they are written.
    await new Promise(resolve => setImmediate(resolve));
    while (this.#dirty) {
      this.#dirty = false;
      try {
        const temporary = `${this.#file}.new`;
        await writeFile(temporary, JSON.stringify(this.state));
        await rename(temporary, this.#file);
      } catch (error) {
        this.#log(
          `State was not saved: ${isError(error) ? error.message : ''}`,
        );
      }
    }
  }
}

async function load(file: string): Promise<HostingState> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return emptyState();
  try {
    return JSON.parse(text) as HostingState;
  } catch {
    throw new InputError(
      `${file} is damaged; delete the sandbox's data folder to start over`,
    );
  }
}

function emptyState(): HostingState {
  return {
    nextId: 1000,
    users: [],
    organizations: [],
    teams: [],
    organizationHooks: {},
    repositories: [],
  };
}
