import type { Batch, ObjectChange } from '@meshery/contracts';
import { changeTypes } from './wire-codes.ts';

/** Objects with a longer text are parked, in bytes or UTF-16 units; the API server itself takes 1.5 MB, aggregated ones 3 MB. */
export const maximumTextLength = 16 * 1024 * 1024;

/** Why a batch as a whole cannot be placed; undefined when it can. */
export function malformedReason(batch: Batch): string | undefined {
  if (batch.clusterId === '') return 'the batch names no cluster';
  if (batch.incarnation === '') return 'the batch names no run';
  if (!Number.isSafeInteger(batch.sequence) || batch.sequence < 1) return 'the batch has no sequence';
  if (batch.body === undefined) return 'the batch has no body';
  if (batch.kind === '' && batch.body.$case !== 'agentReport') return 'the batch names no kind';
  return undefined;
}

/** Why one object cannot be stored; undefined when it can. */
export function whyNotStorable(object: ObjectChange, textLength: number): string | undefined {
  if (object.type !== changeTypes.upsert && object.type !== changeTypes.delete) return 'a change has no type';
  if (object.name === '' && object.uid === '') return 'an object has neither uid nor name';
  if (object.type === changeTypes.delete) return undefined;
  if (object.name === '') return `object ${object.uid} has no name`;
  if (object.kind === '' || object.apiVersion === '') return `object ${object.name} has no kind or apiVersion`;
  if (textLength === 0) return `object ${object.name} has no text`;
  if (textLength > maximumTextLength) return `the text of object ${object.name} is too long`;
  return undefined;
}
