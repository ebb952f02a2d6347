import { DecoratorHandler, type Dispatcher } from 'undici';

/** Counts the bytes of all bodies that are received, as they are on the wire. */
export function countBytes(
  onReceived: (bytes: number) => void,
): Dispatcher.DispatcherComposeInterceptor {
  return dispatch => (options, handler) => {
    const counting: Dispatcher.DispatchHandler = new DecoratorHandler(handler);
    const passOn = counting.onResponseData?.bind(counting);
    counting.onResponseData = (controller, chunk) => {
      onReceived(chunk.length);
      passOn?.(controller, chunk);
    };
    return dispatch(options, counting);
  };
}
