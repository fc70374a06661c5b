/** The largest file that is taken as content; the host says no in words to what is larger. */
const mostBytes = 25 * 1024 * 1024;

export interface AttachEvents {
  /** Content that was pasted or dropped; without bytes it was too large to be read. */
  content(name: string, bytes: Uint8Array<ArrayBuffer> | undefined): void;
  /** Addresses of files that were dropped. */
  addresses(uris: readonly string[]): void;
}

/** Takes pictures that are pasted and files that are dropped anywhere on the page; text is left to the field it goes to. */
export function takeFiles(events: AttachEvents): void {
  const read = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      events.content(file.name, file.size > mostBytes ? undefined : new Uint8Array(await file.arrayBuffer()));
    }
  };
  document.addEventListener('paste', event => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void read(files);
  });
  const carriesFiles = ({ dataTransfer }: DragEvent) =>
    dataTransfer?.types.some(type => type === 'Files' || type === 'text/uri-list') ?? false;
  document.addEventListener('dragover', event => {
    if (carriesFiles(event)) event.preventDefault();
  });
  document.addEventListener('drop', event => {
    if (!carriesFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    const { files } = event.dataTransfer;
    const uris = event.dataTransfer.getData('text/uri-list').split(/\r?\n/);
    if (files.length > 0) void read([...files]);
    else events.addresses(uris.filter(uri => uri !== '' && !uri.startsWith('#')));
  });
}
