import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Fleet } from './Fleet';
import { fleetConfig } from './fleetConfig';
import { fleetEntities } from './fleetEntities';

/**
 * Writes what a portal needs to show a fleet: its catalog and its configuration.
 *
 * @returns the configuration's file
 */
export async function writeFleetFiles(
  folder: string,
  { plans, instances }: Fleet,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const catalog = join(folder, 'catalog.yaml');
  const documents = fleetEntities(plans).map(entity => stringify(entity));
  await writeFile(catalog, documents.join('---\n'));
  const config = join(folder, 'app-config.yaml');
  const locations = [
    {
      type: 'file',
      target: catalog,
      rules: [{ allow: ['Component', 'Group'] }],
    },
  ];
  await writeFile(
    config,
    stringify({
      ...fleetConfig(plans, instances),
      catalog: { locations },
    }),
  );
  return config;
}
