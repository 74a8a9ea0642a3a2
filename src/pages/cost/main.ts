import "../shared/base.css";
import "./main.css";
import { CostPage } from "./page.ts";

new CostPage().start();
