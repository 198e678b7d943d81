/** Where focus goes when a signal moves or goes. */
export const SIGNALS = 'signals';
