export { createExecRunner } from './exec-runner.ts';
