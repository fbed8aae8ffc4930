using Seal.Benchmarks.Documents;
using Seal.Benchmarks.Fuzz;
using Seal.Benchmarks.Keys;
using Seal.Benchmarks.Ledger;
using Seal.Benchmarks.Measuring;

const string Usage = "usage: ./bench AREA [--json] [--only TEXT] [--events N]\n  AREA  documents, keys, ledger\n       ./bench fuzz FILE_OR_FOLDER... [--rounds N] [--seed N]\n";

var json = args.Contains("--json");
if (args.Length == 0 || args[0].StartsWith('-'))
{
    await Console.Error.WriteAsync(Usage);
    return 2;
}

var report = new Report(json, After("--only") ?? "");
var events = long.Parse(After("--events") ?? "10000000");
switch (args[0])
{
    case "documents":
        await DocumentsArea.RunAsync(report);
        break;
    case "keys":
        await KeysArea.RunAsync(report);
        break;
    case "fuzz":
        return await FuzzArea.RunAsync([.. args.Skip(1).TakeWhile(path => !path.StartsWith('-'))], long.Parse(After("--rounds") ?? "10000"), int.Parse(After("--seed") ?? "1")) ? 0 : 1;
    case "ledger":
        await LedgerArea.RunAsync(report, events);
        break;
    default:
        await Console.Error.WriteAsync($"There is no area '{args[0]}'.\n{Usage}");
        return 2;
}

report.End();
return report.AllMet ? 0 : 1;

string? After(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
