import { MesheryError } from '@meshery/errors';
import { recordId } from '@meshery/object-model';
import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

/** A path parameter that is the id of a record; anything but a UUID is refused before it is looked up. */
@Injectable()
export class RecordIdPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (recordId.safeParse(value).success) return value.toLowerCase();
    throw new MesheryError('meshery-core-1001', `The path parameter "${data ?? 'id'}" must be a UUID.`, {
      probableCause: 'A name was given where an id belongs, or the id was cut off.',
      remedy: 'Take the id from the list, in full.',
    });
  }
}
