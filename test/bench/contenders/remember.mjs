// Prints the most memory that listing took, megabytes: `<file> <function> <endpoint as JSON>`.
const [file, name, endpoint] = process.argv.slice(2);
const { [name]: list } = await import(file);
const kept = await list(JSON.parse(endpoint));
process.stdout.write(
  String(kept.length === 1000 ? process.resourceUsage().maxRSS / 1024 : Number.NaN),
);
process.exit();
