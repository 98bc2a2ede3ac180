export { type Grade, type Graded, gradeOf, type TypeGrade } from './grade.ts';
