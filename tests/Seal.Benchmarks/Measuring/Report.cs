using System.Globalization;
using System.Text.Json;

namespace Seal.Benchmarks.Measuring;

/// <summary>Collects the rows of a run: a table at the end, or JSON at once, one object a line. What leads to them goes before.</summary>
internal sealed class Report(bool json, string only)
{
    private readonly List<BenchRow> _rows = [];

    public bool AllMet => _rows.TrueForAll(row => row.Met);

    /// <summary>Whether any of these rows is asked for.</summary>
    public bool Wants(params string[] rows) => rows.Any(row => row.Contains(only, StringComparison.OrdinalIgnoreCase));

    /// <summary>A raw command or figure, or what is being done; with JSON on standard error, so that standard output is rows only.</summary>
    public void Say(string line) => (json ? Console.Error : Console.Out).WriteLine(line);

    /// <summary>Says a raw figure and gives it back.</summary>
    public double Told(string what, double figure)
    {
        Say($"    {what}: {Text(figure)}");
        return figure;
    }

    public void Add(BenchRow row)
    {
        _rows.Add(row);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                row = row.Row,
                ours = Round(row.Ours),
                reference = Round(row.Reference),
                unit = row.Unit,
                ratio = Round(row.Ratio),
                goal = row.Goal,
                met = row.Met,
            }));
        }
        else
        {
            Say($"  = {row.Row}: {Text(row.Ours)} against {Text(row.Reference)} {row.Unit}, ratio {Text(row.Ratio)}");
        }
    }

    public void End()
    {
        if (json || _rows.Count == 0)
        {
            return;
        }

        var width = _rows.Max(row => row.Row.Length);
        Console.WriteLine();
        Console.WriteLine($"| {"row".PadRight(width)} | {"ours",12} | {"reference",12} | {"unit",-9} | {"ratio",8} | {"goal",8} | met |");
        Console.WriteLine($"| {new string('-', width)} | {new string('-', 11)}: | {new string('-', 11)}: | {new string('-', 9)} | {new string('-', 7)}: | {new string('-', 7)}: | --- |");
        foreach (var row in _rows)
        {
            var goal = (row.IsCeiling ? "≤ " : "≥ ") + row.Goal.ToString("0.##", CultureInfo.InvariantCulture);
            Console.WriteLine($"| {row.Row.PadRight(width)} | {Text(row.Ours),12} | {Text(row.Reference),12} | {row.Unit,-9} | {Text(row.Ratio),8} | {goal,8} | {(row.Met ? "yes" : "no "),-3} |");
        }
    }

    public static string Text(double figure) => figure.ToString(Math.Abs(figure) >= 1000 ? "#,0" : "0.###", CultureInfo.InvariantCulture);

    private static double Round(double figure) => Math.Abs(figure) >= 1000 ? Math.Round(figure) : Math.Round(figure, 4);
}
