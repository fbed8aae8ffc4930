using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Seal.Cli.Tests;

/// <summary>Types what <c>docs/auditing.md</c> says at a running service and compares what is printed.</summary>
[Collection(nameof(OneSealLife))]
public sealed partial class AuditingSession(SealLife life)
{
    private const string Prompt = "$ ";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Document => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../docs/auditing.md"));

    [Fact]
    public async Task The_session_in_the_documentation_goes_as_it_is_written()
    {
        var written = await File.ReadAllTextAsync(Document, Ct);
        await ExecuteAsync("create table public.event20 as select body from ledger.events where position = 20; create table public.names as table projections.seals");
        try
        {
            await PlayAsync(written);
        }
        finally
        {
            await ExecuteAsync("""
                update ledger.events set body = (select body from public.event20) where position = 20;
                delete from projections.seals; insert into projections.seals table public.names; drop table public.names, public.event20
                """);
        }
    }

    private async Task PlayAsync(string written)
    {
        var played = new StringBuilder();
        var isConsole = false;
        foreach (var line in written.TrimEnd('\n').Split('\n'))
        {
            isConsole = line == "```console" || (isConsole && line != "```");
            if (isConsole && line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                played.Append(line).Append('\n').Append(await TypeAsync(line[Prompt.Length..]));
            }
            else if (!isConsole || line == "```console")
            {
                played.Append(line).Append('\n');
            }
        }

        var received = Path.ChangeExtension(Document, ".received.md");
        File.Delete(received);
        if (Masked(played.ToString()) != Masked(written))
        {
            await File.WriteAllTextAsync(received, played.ToString(), Ct);
            Masked(played.ToString()).ShouldBe(Masked(written), "docs/auditing.md is not what happens. Look at docs/auditing.received.md and put it in its place.");
        }
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var database = NpgsqlDataSource.Create(life.Superuser);
#pragma warning disable CA2100 // The test's own statements.
        await using var command = database.CreateCommand(statement);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> TypeAsync(string command)
    {
        var superuser = new NpgsqlConnectionStringBuilder(life.Superuser);
        var start = new ProcessStartInfo("bash", ["-c", $"seal() {{ dotnet '{SealCommand.Program}' \"$@\"; }}\n{command}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Directory.CreateDirectory(life.PathOf("session")).FullName,
        };
        start.Environment.Remove("LC_ALL");
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["SEAL"] = life.Seal;
        start.Environment["SEAL_URL"] = life.Url;
        start.Environment["SEAL_TOKEN"] = life.Token;
        start.Environment["DATABASE"] = life.Superuser;
        start.Environment["SUPERUSER"] = $"host={superuser.Host} port={superuser.Port} user={superuser.Username} password={superuser.Password} dbname={superuser.Database}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        return output + await errors;
    }

    /// <summary>Without what differs each time.</summary>
    private static string Masked(string text) => Number().Replace(Opaque().Replace(text, "…"), "#");

    [GeneratedRegex("[0-9a-f]{12,}|[A-Za-z0-9+/]{43}=|深圳市[0-9A-Z]+科技有限公司|[0-9A-Z]{18}")]
    private static partial Regex Opaque();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
