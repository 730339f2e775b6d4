import type { Feature } from '../description.ts';
import { connections, controllers, credentials, kubernetes } from './connections.ts';
import { environments, teams, views, workspaces } from './content.ts';
import { extensions } from './extensions.ts';
import { identity, preferences, signIn } from './people.ts';
import { events, graphql, inventory, system } from './system.ts';

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
];
