/** What a colour means beside words: nothing, all is well, something is amiss, something failed. */
export type Tone = 'neutral' | 'live' | 'degraded' | 'danger';
