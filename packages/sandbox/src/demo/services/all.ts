import { type DemoService } from '../DemoService';
import { cart } from './cart';
import { checkout } from './checkout';
import { inventory } from './inventory';
import { notifications } from './notifications';
import { payments } from './payments';
import { pricing } from './pricing';
import { search } from './search';
import { web } from './web';

/** All services of the demo organisation. */
export const DEMO_SERVICES: readonly DemoService[] = [
  web,
  cart,
  checkout,
  payments,
  pricing,
  search,
  inventory,
  notifications,
];
