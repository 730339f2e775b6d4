/** Levels, most talkative first. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Every level, most talkative first: for validating configuration. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What is logged: one level for all, and others for modules that differ. */
export interface LevelSettings {
  readonly level: LogLevel;
  /** By name of module. */
  readonly modules: Readonly<Record<string, LogLevel>>;
}

/** The level that loggers look at before each line; shared, so that a change reaches them all. */
export interface LevelSwitch {
  level: LogLevel;
  rank: number;
}

/**
 * The levels of a family of loggers. A module is what a child names with the field `module`; modules are known from
 * the moment that their logger is made. Changes last as long as the process.
 */
export class LogLevels {
  readonly #default: LevelSwitch;
  readonly #modules = new Map<string, LevelSwitch>();
  #own: ReadonlyMap<string, LogLevel> = new Map();

  constructor(level: LogLevel) {
    this.#default = { level, rank: rankOf(level) };
  }

  /** Names of the modules, sorted. */
  get known(): readonly string[] {
    return [...this.#modules.keys()].sort();
  }

  get settings(): LevelSettings {
    return { level: this.#default.level, modules: Object.fromEntries(this.#own) };
  }

  /** The switch of a module, which is known from now on; that of all others without a name. */
  switchOf(module?: string): LevelSwitch {
    if (module === undefined) return this.#default;
    const known = this.#modules.get(module) ?? { ...this.#default };
    this.#modules.set(module, known);
    return known;
  }

  /** Changes the level of all modules that have none of their own. Throws `RangeError` for a level that is unknown. */
  setDefault(level: string): void {
    turn(this.#default, level);
    this.#spread();
  }

  /** Replaces all settings. Throws `RangeError` for a module or level that is unknown, and changes nothing then. */
  replace({ level, modules }: LevelSettings): void {
    const own = new Map(Object.entries(modules));
    for (const [module, wanted] of own) {
      if (!this.#modules.has(module)) throw new RangeError(`unknown module; known are: ${this.known.join(', ')}`);
      rankOf(wanted);
    }
    turn(this.#default, level);
    this.#own = own;
    this.#spread();
  }

  #spread(): void {
    for (const [module, levelSwitch] of this.#modules) turn(levelSwitch, this.#own.get(module) ?? this.#default.level);
  }
}

function turn(levelSwitch: LevelSwitch, level: string): void {
  levelSwitch.rank = rankOf(level);
  levelSwitch.level = level as LogLevel;
}

function rankOf(level: string): number {
  const rank = (logLevels as readonly string[]).indexOf(level);
  if (rank < 0) throw new RangeError(`unknown log level; known are: ${logLevels.join(', ')}`);
  return rank;
}
