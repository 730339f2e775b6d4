import type { ExecOutput } from '@meshery/kube/streams';
import type { MesheryError } from '@meshery/errors';

/** Where what a session reads goes: one form of one client. */
export interface SessionOutlet {
  /** Resolves when the next piece may be read; rejects with the reason of the session's end. */
  data(stream: ExecOutput['stream'], piece: Buffer): Promise<void>;
  /** The last word when all went well, or the client wished the end. */
  end(exitCode?: number): void;
  /** The last word otherwise. */
  error(error: MesheryError): void;
}
