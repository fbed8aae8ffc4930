using System.CommandLine;
using Npgsql;
using Seal.Cli.Verifying;
using Seal.Ledger;

namespace Seal.Cli;

/// <summary><c>seal projections rebuild</c>: asks the running services to build a projection anew from all events.</summary>
internal static class ProjectionsCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The projection, such as usage_counts." };
        var database = new Option<string>("--database") { Description = "The ledger's PostgreSQL: a connection string of the service's role.", HelpName = "CONNECTION", Required = true };
        var rebuild = new Command("rebuild", "Builds a projection anew beside the one in use, which serves until it is done. Exit code: 0 asked for, 3 not possible.") { name, database };
        rebuild.SetAction((parsed, cancellation) => RebuildAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(database), cancellation));
        return new Command("projections", "Looks after what is derived from the ledger.") { rebuild };
    }

    private static async Task<int> RebuildAsync(string name, string database, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync(cancellation);
            await Console.Out.WriteLineAsync(await RebuildRequest.MakeAsync(connection, name, cancellation) == RebuildAnswer.Beside
                ? $"{name} is built anew by the running services; /metrics tells how far it is."
                : $"{name} is kept with every append and is built anew when a service starts next.");
            return ExitCodes.Passed;
        }
        catch (Exception failed) when (failed is ArgumentException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"seal: {failed.Message}");
            return ExitCodes.Unreadable;
        }
    }
}
