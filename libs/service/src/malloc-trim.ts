/** Gives memory that was freed back to the operating system. */
export type ReleaseFreed = () => void;

/** The calls into C need next to nothing of these; by default koffi sets 3 MB aside. */
const smallCalls = { sync_stack_size: 64 * 1024, sync_heap_size: 16 * 1024 };

/**
 * malloc_trim(3) of glibc: a burst leaves free pages below something that is still used, and glibc alone gives back only
 * what lies at the top. It takes one to three milliseconds. Undefined where there is no glibc.
 */
export async function openMallocTrim(): Promise<ReleaseFreed | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const { default: koffi } = await import('koffi');
    koffi.config(smallCalls);
    const trim = koffi.load('libc.so.6').func('malloc_trim', 'int', ['size_t']) as (keep: number) => number;
    return () => {
      trim(0);
    };
  } catch {
    // Another C library, or a platform that koffi has no binary for: memory stays as its allocator sees fit.
    return undefined;
  }
}
