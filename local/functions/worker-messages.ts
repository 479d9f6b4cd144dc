/** What a worker is started with. Everything here stays outside of the bundle's sight, which has its environment only. */
export interface WorkerStart {
  /** file: URL of the handler's module. */
  readonly module: string;
  readonly exportName: string;
  /** The virtual clock's offset in ms. */
  readonly clock: SharedArrayBuffer;
  readonly logsAsJson: boolean;
}

/** To the worker: one event. Sent as JSON text, as Lambda does: what JSON cannot carry does not arrive. */
export interface InvokeMessage {
  readonly event: string;
  readonly requestId: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memory: number;
  /** Milliseconds. */
  readonly timeout: number;
}

/** From the worker. */
export type WorkerMessage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'returned'; readonly value: string; readonly cpuMs: number }
  | { readonly kind: 'failed'; readonly errorType: string; readonly message: string };
