import type { Feature } from '../description.ts';
import { adapters } from './adapters.ts';
import { connections, controllers, credentials, kubernetes } from './connections.ts';
import { environments, teams, views, workspaces } from './content.ts';
import { extensions } from './extensions.ts';
import { identity, preferences, signIn } from './people.ts';
import { permissions } from './keychains.ts';
import { later } from './later.ts';
import { registry } from './registry.ts';
import { events, graphql, inventory, system } from './system.ts';
import { telemetry } from './telemetry.ts';

/** All that is said about routes, in the order in which readers meet it. */
export const features: readonly Feature[] = [
  signIn,
  identity,
  preferences,
  environments,
  workspaces,
  views,
  teams,
  connections,
  credentials,
  kubernetes,
  controllers,
  inventory,
  graphql,
  events,
  system,
  extensions,
  registry,
  adapters,
  telemetry,
  permissions,
  ...later,
];
