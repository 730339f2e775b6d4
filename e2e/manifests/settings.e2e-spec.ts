import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readConfig as readBridge } from '../../apps/broker-bridge/src/config.ts';
import { readConfig as readOperator } from '../../apps/operator/src/config.ts';
import { readConfig as readProvider } from '../../apps/remote-provider/src/config.ts';
import { readConfig as readServer } from '../../apps/server/src/config.ts';
import { type ContainerTemplate, containersOf, kustomized } from '../support/installation.ts';

const composeFile = fileURLToPath(new URL('../../deploy/compose/docker-compose.yaml', import.meta.url));
const images = fileURLToPath(new URL('../../deploy/images', import.meta.url));

/** The words of --help name every setting of a program. */
const settings: Readonly<Record<string, string>> = {
  server: help(readServer),
  bridge: help(readBridge),
  operator: help(readOperator),
  'remote-provider': help(({ argv }) => readProvider([...argv])),
};

function help(read: (origin: { readonly argv: readonly string[] }) => { readonly kind: string }): string {
  const answer = read({ argv: ['--help'] }) as { readonly text?: string };
  return answer.text ?? '';
}

interface ComposeService {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes: readonly (string | { readonly source: string })[];
  readonly [field: string]: unknown;
}

const compose = parse(readFileSync(composeFile, 'utf8')) as {
  readonly services: Readonly<Record<'server' | 'bridge', ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

const unknownTo = (program: string, names: readonly string[]): string[] => {
  const text = settings[program] ?? '';
  // Of `POD_NAME` and such not every program makes use.
  return names.filter((name) => !name.startsWith('POD_') && !new RegExp(`\\b${name}\\b`).test(text));
};

const namesOf = ({ env = [] }: ContainerTemplate): string[] => env.map(({ name }) => name);

/** `server` of `localhost/meshery-ts/server:0.1.0`; composed images have a variable for the version. */
const imageName = (reference: string): string => /\/([\w-]+):(?:\d|\$)/.exec(reference)?.[1] ?? reference;

test('every container is of an image that can be built, and is given settings that its program has', async () => {
  const parts = await Promise.all([kustomized('server'), kustomized('operator'), kustomized('remote-provider')]);
  const containers = parts.flatMap(containersOf);
  expect(containers.map(({ name }) => name)).toEqual(['server', 'bridge', 'operator', 'remote-provider']);
  for (const container of containers) {
    expect(unknownTo(container.name, namesOf(container))).toEqual([]);
    const references = [container.image, ...(container.env ?? []).flatMap(({ name, value }) => imageIn(name, value))];
    for (const reference of references) {
      expect(existsSync(join(images, `${imageName(reference)}.Dockerfile`))).toBe(true);
    }
  }
});

const imageIn = (name: string, value: string | undefined): string[] =>
  name.startsWith('MESHERY_IMAGE_') && value !== undefined ? [value] : [];

describe('the compose file', () => {
  test('starts images that can be built, with settings that their programs have', () => {
    expect(Object.keys(compose.services)).toEqual(['server', 'bridge']);
    for (const [name, service] of Object.entries(compose.services)) {
      expect(unknownTo(name, Object.keys(service.environment))).toEqual([]);
      expect(existsSync(join(images, `${imageName(service.image)}.Dockerfile`))).toBe(true);
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
  });

  test('publishes the port of users on this machine only, and no other', () => {
    expect(compose.services.server.ports).toEqual(['127.0.0.1:9081:9081']);
    expect(compose.services.bridge.ports).toBeUndefined();
  });

  test('mounts what is there', () => {
    const { server, bridge } = compose.services;
    for (const volume of [...server.volumes, ...bridge.volumes]) {
      const source = typeof volume === 'string' ? (volume.split(':')[0] ?? '') : volume.source;
      const isThere = source.startsWith('.')
        ? existsSync(resolve(dirname(composeFile), source))
        : source in compose.volumes;
      expect([source, isThere]).toEqual([source, true]);
    }
  });
});
