/**
 * The seam to the disk, as small as the log needs it: a folder of the four {@link Drawer}s. The file system, memory, and
 * the torn and forgetful disk of the simulation are each one. Files are named `drawer/name`, where a name is made of
 * `a-z`, `0-9`, `-` and `.`
 */

export type Drawer = 'logs' | 'locks' | 'keys' | 'takes';
export type FileName = `${Drawer}/${string}`;

export interface Disk {
  /** Names of the files in a drawer, without the drawer's, in no order. */
  list(drawer: Drawer): Promise<readonly string[]>;
  /** In bytes; undefined when there is no such file. */
  size(file: FileName): Promise<number | undefined>;
  /** At most `length` bytes from `offset`; fewer at the end of the file, none when there is no such file. */
  read(file: FileName, offset: number, length: number): Promise<Uint8Array>;
  /** Makes a file and opens it for appending; its name is durable when it resolves. Rejects when there is one of that name. */
  append(file: FileName): Promise<AppendFile>;
  /** Makes a file with this content, whole and durably; false when there is one of that name, in whichever process it was made. */
  create(file: FileName, content: Uint8Array): Promise<boolean>;
  /** Does nothing when there is no such file. */
  remove(file: FileName): Promise<void>;
  /** Makes the file and holds it until it is given back or this process ends, however that happens; undefined when another holds it. */
  lock(file: FileName): Promise<DiskLock | undefined>;
}

export interface AppendFile {
  /** Adds bytes at the end. They are durable only once {@link sync} has resolved. */
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface DiskLock {
  release(): Promise<void>;
}
