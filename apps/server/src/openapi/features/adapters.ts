import { z } from 'zod';
import { adapterStatus, addition, operation as operationForm } from '../../adapters/adapters.controller.ts';
import { asSpelled, named, textParameter } from '../description.ts';
import type { Feature } from '../description.ts';

const operation = z.object({ key: z.string(), value: z.string(), category: z.int() });
const adapter = z.object({
  adapter_location: z.string(),
  name: z.string(),
  version: z.string(),
  git_commit_sha: z.string(),
  ops: z.array(operation).nullable(),
});
const all = asSpelled('Adapters', z.array(adapter));
const available = asSpelled('AvailableAdapters', z.array(z.object({ name: z.string(), adapter_location: z.string() })));
const place = textParameter('adapter', 'HOST:PORT of an adapter that is connected.');

/** Adapters of service meshes. */
export const adapters: Feature = {
  tag: 'Adapters',
  about: 'Programs that manage one service mesh each, by the places where they listen.',
  routes: {
    'GET /api/system/adapters': {
      summary: 'List the adapters that are connected; with "adapter" only ask whether that one answers',
      query: [place],
      answer: all,
    },
    'GET /api/system/availableAdapters': { summary: 'List the adapters that there are', answer: available },
    'POST /api/system/adapter/manage': {
      summary: 'Connect an adapter',
      body: asSpelled('AdapterAddition', addition),
      answer: all,
    },
    'DELETE /api/system/adapter/manage': {
      summary: 'Disconnect an adapter',
      query: [{ ...place, required: true }],
      answer: all,
    },
    'POST /api/system/adapter/operation': {
      summary: 'Have an adapter do something to the connected clusters',
      body: asSpelled('AdapterOperation', operationForm),
    },
    'POST /api/system/adapter/status': {
      summary: 'Deploy an adapter into the connected clusters, or remove it again',
      body: named('AdapterStatus', adapterStatus),
      answer: asSpelled('AdapterStatusAnswer', z.object({ status: z.literal('processing') })),
    },
    'GET /api/mesh': {
      summary: 'List the kinds of service meshes',
      answer: named('ServiceMeshes', z.object({ availableMeshes: z.array(z.string()) })),
    },
  },
};
