export { writeAppProject } from './writeAppProject';
