import { z } from 'zod';

// Zod compiles schemas with `new Function` where it may. Our CSP forbids that and would report each
// attempt, so it is told before the first schema is used: this must be the first import of the page.
z.config({ jitless: true });
