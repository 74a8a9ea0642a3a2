import "../shared/base.css";
import "./main.css";
import { ClientsPage } from "./page.ts";

new ClientsPage().start();
