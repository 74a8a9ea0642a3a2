import "../shared/base.css";
import "./main.css";
import { ReachPage } from "./page.ts";

new ReachPage().start();
