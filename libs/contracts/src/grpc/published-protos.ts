import { createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { DescFile, FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { publishedDescriptors } from '../generated/descriptors.ts';

/** The .proto files of meshery.v1, of health and of reflection, as tools ask for them. */
export class PublishedProtos {
  readonly #registry: FileRegistry = createFileRegistry(
    fromBinary(FileDescriptorSetSchema, Buffer.from(publishedDescriptors, 'base64')),
  );

  /** The encoded FileDescriptorProto of this name, e.g. "meshery/v1/events.proto"; undefined when there is none. */
  named(fileName: string): Buffer | undefined {
    return encoded(this.#registry.getFile(fileName));
  }

  /** The same of the file that declares a service, method, message, field or enum. */
  declaring(symbol: string): Buffer | undefined {
    const owner = symbol.slice(0, Math.max(0, symbol.lastIndexOf('.')));
    return encoded((this.#registry.get(symbol) ?? this.#registry.get(owner))?.file);
  }
}

function encoded(file: DescFile | undefined): Buffer | undefined {
  return file === undefined ? undefined : Buffer.from(toBinary(FileDescriptorProtoSchema, file.proto));
}
