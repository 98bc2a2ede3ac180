export { type Grade, type Graded, gradeOf } from './grade.ts';
