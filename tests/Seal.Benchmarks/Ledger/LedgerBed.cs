using System.Text;
using Npgsql;
using Seal.Benchmarks.Measuring;
using Seal.Ledger;
using Seal.Ledger.Embedded;

namespace Seal.Benchmarks.Ledger;

/// <summary>A private PostgreSQL with default durability, for ledger and references alike.</summary>
internal sealed class LedgerBed : IAsyncDisposable
{
    private readonly EmbeddedPostgres _postgres;
    private readonly string _folder;
    private int _databases;

    private LedgerBed(EmbeddedPostgres postgres, string folder) => (_postgres, _folder) = (postgres, folder);

    /// <summary>A folder for the references' files.</summary>
    public string Folder => _folder;

    public static async Task<LedgerBed> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("seal-bench-");
        // PostgreSQL's own account passes through when this runs as root.
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var postgres = await EmbeddedPostgres.StartAsync(Path.Combine(folder.FullName, "postgres"), CancellationToken.None);
        await AgeAsync(postgres);
        return new LedgerBed(postgres, folder.FullName);
    }

    /// <summary>
    /// A server that has run for a while writes its log into files that are there: a checkpoint hands the old ones on. On a new one each
    /// 16 MB would first be written with zeros, by whoever commits.
    /// </summary>
    private static async Task AgeAsync(EmbeddedPostgres postgres)
    {
        await ExecuteAsync(postgres.OwnerConnectionString, "select count(pg_logical_emit_message(false, 'bench', repeat('x', 1000000))) from generate_series(1, 1500)");
        NpgsqlConnection.ClearAllPools();
        await postgres.RestartAsync(CancellationToken.None);
    }

    /// <summary>What was measured before leaves nothing to the disk that would be written while the next is measured.</summary>
    public Task SettleAsync(Report report) => Tool.RunAsync(report, "sync -f " + _folder, new Dictionary<string, string>());

    /// <summary>
    /// A log that was filled in minutes leaves work that one that grew for years has long done: rows to vacuum, tables to analyse, pages to write.
    /// No ledger may be open on it.
    /// </summary>
    public async Task RestAsync(LedgerOptions options)
    {
        await ExecuteAsync(options.OwnerConnectionString!, "vacuum analyze");
        NpgsqlConnection.ClearAllPools();
        await _postgres.RestartAsync(CancellationToken.None);
    }

    /// <summary>Settings of a ledger in a new database.</summary>
    public async Task<LedgerOptions> NewLedgerAsync(params InlineProjection[] projections)
    {
        var access = await NewDatabaseAsync();
        return new LedgerOptions
        {
            ConnectionString = access.ConnectionString,
            OwnerConnectionString = access.OwnerConnectionString,
            Origin = "ledger.example/bench",
            Clock = TimeProvider.System,
            Projections = projections,
            MaximumForwardJump = Timeout.InfiniteTimeSpan,
        };
    }

    public Task<DatabaseAccess> NewDatabaseAsync() => _postgres.CreateDatabaseAsync($"bench{++_databases}", CancellationToken.None);

    /// <summary>What psql and pgbench need to come to a database.</summary>
    public static Dictionary<string, string> Environment(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return new Dictionary<string, string>
        {
            ["PGHOST"] = builder.Host!,
            ["PGPORT"] = builder.Port.ToString(),
            ["PGUSER"] = builder.Username!,
            ["PGPASSWORD"] = builder.Password!,
            ["PGDATABASE"] = builder.Database!,
            ["PATH"] = string.Join(':', Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Reverse().Select(v => v + "/bin").Append(System.Environment.GetEnvironmentVariable("PATH"))),
        };
    }

    /// <summary>Runs SQL as the owner.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // constants of this project
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false));
        return path;
    }

    public async Task DescribeAsync(Report report)
    {
        await using var connection = new NpgsqlConnection(_postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select version(), current_setting('fsync'), current_setting('synchronous_commit'), current_setting('shared_buffers')", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        report.Say($"{reader.GetString(0)}; fsync {reader.GetString(1)}, synchronous_commit {reader.GetString(2)}, shared_buffers {reader.GetString(3)}");
        report.Say($"{System.Environment.ProcessorCount} cores, .NET {System.Environment.Version}, {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC; callers, ledger and PostgreSQL share this machine");
    }

    public async ValueTask DisposeAsync()
    {
        var location = _postgres.Location;
        await _postgres.DisposeAsync();
        Directory.Delete(location, recursive: true);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
