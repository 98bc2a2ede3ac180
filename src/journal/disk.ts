/**
 * The seam to the disk, as small as the log needs it: one folder of files. The file system, memory, and the torn and
 * forgetful disk of the simulation are each one.
 */

export interface Disk {
  /** Names of files, in no order. */
  list(): Promise<readonly string[]>;
  size(name: string): Promise<number>;
  /** At most `length` bytes from `offset`; fewer at the end of the file. */
  read(name: string, offset: number, length: number): Promise<Uint8Array>;
  /** Opens a file for appending, made if it is not there; the new name is durable when it resolves. */
  append(name: string): Promise<AppendFile>;
  /** Cuts a file off after `size` bytes, durably. */
  truncate(name: string, size: number): Promise<void>;
  /** Makes a file with this content, durably; false when there is one of that name, in whichever process it was made. */
  create(name: string, content: Uint8Array): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** Taken until it is given back or its process ends, however that happens; undefined when another holds it. */
  lock(name: string): Promise<DiskLock | undefined>;
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
