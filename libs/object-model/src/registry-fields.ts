import { z } from 'zod';
import { capability } from './capability.ts';

const maxCapabilities = 100;

/** Version of a definition itself, not of what it defines. */
export const definitionVersion = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/, 'must be a version such as v1.0.0')
  .default('v1.0.0');

/** Version of what is defined, such as `v1.33.1` or `apps/v1`. */
export const definedVersion = z
  .string()
  .max(256)
  .regex(/^[\w.+/-]*$/, 'must be a version');

/** What can be done with something. */
export const capabilities = z.array(capability).max(maxCapabilities).default([]);
