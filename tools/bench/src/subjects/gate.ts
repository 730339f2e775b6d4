import type { ControlPlane } from '@meshery/testing';

/**
 * Holds a cluster back without costing anything: a frozen API server accepts connections (the kernel does) and answers
 * nothing, so that processes can be up and waiting before the clock starts.
 */
export class ApiServerGate {
  readonly #pid: number;

  constructor(plane: ControlPlane) {
    const pid = plane.pids()['kube-apiserver'];
    if (pid === undefined) throw new Error('the API server does not run');
    this.#pid = pid;
  }

  close(): void {
    process.kill(this.#pid, 'SIGSTOP');
  }

  open(): void {
    process.kill(this.#pid, 'SIGCONT');
  }
}
