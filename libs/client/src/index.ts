export { ApiError, toApiError } from './api-error.ts';
export type { ApiErrorFields } from './api-error.ts';
export { answerOf, createMesheryClient } from './client.ts';
export type { ClientOptions, MesheryClient } from './client.ts';
export { keysetPages, numberedPages } from './pages.ts';
export type { NumberedPage } from './pages.ts';
export type { components, paths } from './generated/openapi.ts';
