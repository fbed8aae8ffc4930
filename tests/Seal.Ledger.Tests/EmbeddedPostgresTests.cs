using Npgsql;
using Seal.Ledger.Embedded;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _directory = TemporaryDirectory.New();

    public void Dispose() => TemporaryDirectory.Delete(_directory);

    [Fact]
    public async Task A_directory_too_deep_for_a_socket_and_with_odd_characters_will_do()
    {
        var deep = Path.Combine([_directory, .. Enumerable.Repeat("a dir's näme", 10)]);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        }

        await using var postgres = await EmbeddedPostgres.StartAsync(deep, Ct);
        var socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        await WorksAsync(postgres);
        await postgres.StopAsync(Ct);
        TemporaryDirectory.Delete(socket, postgres.Location);
    }

    [Fact]
    public async Task Where_the_user_that_runs_PostgreSQL_cannot_go_the_cluster_is_put_where_it_can()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root has directories that PostgreSQL's user cannot enter.");
        var hidden = Path.Combine(_directory, "hidden");
        await using var postgres = await EmbeddedPostgres.StartAsync(hidden, Ct);
        postgres.Location.ShouldStartWith("/var/lib/seal/");
        (await File.ReadAllTextAsync(Path.Combine(hidden, "moved-to.txt"), Ct)).Trim().ShouldBe(postgres.Location);
        await WorksAsync(postgres);
        await postgres.StopAsync(Ct);
        TemporaryDirectory.Delete(postgres.Location);
    }

    [Fact]
    public async Task A_start_that_was_killed_half_way_is_begun_anew()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "data.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "passwords.new"), "torn", Ct);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        }

        await using var postgres = await EmbeddedPostgres.StartAsync(_directory, Ct);
        await WorksAsync(postgres);
    }

    private static async Task WorksAsync(EmbeddedPostgres postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("select current_user || ' ' || current_setting('fsync') || ' ' || current_setting('synchronous_commit')");
        (await command.ExecuteScalarAsync(Ct)).ShouldBe("seal_service on on");
    }
}
