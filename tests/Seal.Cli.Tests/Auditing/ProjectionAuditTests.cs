using System.Text.Json.Nodes;
using Npgsql;

namespace Seal.Cli.Tests.Auditing;

/// <summary>Someone with every right in the database changes what is derived from the ledger, not the ledger itself.</summary>
[Collection(nameof(OneSealLife))]
public sealed class ProjectionAuditTests(SealLife life)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_that_say_what_the_events_say_are_in_order()
    {
        var answer = await SealCommand.Run("audit", life.Superuser, "--key", life.Keys, "--lang", "en");

        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Output.ShouldContain("rows of 8 derived tables.");
        answer.Output.ShouldNotContain("Tables not checked");
    }

    [Fact]
    public async Task A_changed_row_is_named_with_its_table_key_field_and_position()
    {
        await using var changed = await ChangedAsync(
            $"update projections.seals set document = jsonb_set(document, '{{state,status}}', '\"frozen\"') where key = '{life.Seal}'", "seals");
        var finding = await FindingAsync();

        finding["en"]!.GetValue<string>().ShouldStartWith($"The row {life.Seal} of the table projections.seals does not say what its events say: state.status differs.");
        finding["zh"]!.GetValue<string>().ShouldContain("state.status 不同");
        finding["position"]!.GetValue<long>().ShouldBe(await ScalarAsync($"select last_position from ledger.streams where name = 'seal/{life.Seal}'"));
    }

    [Fact]
    public async Task A_missing_row_is_named()
    {
        await using var changed = await ChangedAsync(
            "delete from projections.signings where key = (select min(key) from projections.signings)", "signings");

        (await FindingAsync())["en"]!.GetValue<string>().ShouldStartWith("The table projections.signings has no row ");
    }

    [Fact]
    public async Task A_row_that_no_event_made_is_named()
    {
        await using var changed = await ChangedAsync(
            "insert into projections.certificates select 'ffff', position, jsonb_set(document, '{id}', '\"ffff\"') from projections.certificates limit 1", "certificates");

        (await FindingAsync())["en"]!.GetValue<string>().ShouldStartWith("The table projections.certificates has a row ffff ");
    }

    [Fact]
    public async Task A_row_that_is_said_to_be_newer_or_older_than_its_events_is_named()
    {
        await using var changed = await ChangedAsync($"update projections.seals set position = 0 where key = '{life.Seal}'", "seals");

        (await FindingAsync())["en"]!.GetValue<string>().ShouldContain("does not say what its events say: position differs.");
    }

    [Fact]
    public async Task A_table_that_is_gone_is_named()
    {
        await ScalarAsync("alter table projections.seals set schema public");
        await using var back = new Restored(() => ScalarAsync("alter table public.seals set schema projections"));

        (await FindingAsync())["en"]!.GetValue<string>().ShouldStartWith("The table projections.seals is missing");
    }

    [Fact]
    public async Task A_table_that_is_gone_with_every_mention_of_it_does_not_count_as_checked()
    {
        await ScalarAsync("alter table projections.seals set schema public; create table public.mention as select * from ledger.projections where name = 'seals'; delete from ledger.projections where name = 'seals'");
        await using var back = new Restored(() => ScalarAsync("alter table public.seals set schema projections; insert into ledger.projections table public.mention; drop table public.mention"));

        (await SealCommand.Run("audit", life.Superuser, "--key", life.Keys, "--lang", "en")).Output.ShouldMatch("Tables not checked: .*seals");
    }

    [Theory]
    [InlineData("\\xff")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"state\":[]}")]
    public async Task Events_from_which_nothing_can_be_folded_are_named_and_break_nothing_off(string body)
    {
        var last = $"(select last_position from ledger.streams where name = 'seal/{life.Seal}')";
        await ScalarAsync($"create table public.safe as select * from ledger.events where stream = (select stream from ledger.events where position = {last}); update ledger.events e set body = '{body}' from public.safe s where s.position = e.position");
        await using var back = new Restored(() => ScalarAsync("update ledger.events e set body = s.body from public.safe s where s.position = e.position; drop table public.safe"));

        var answer = await SealCommand.Run("audit", life.Superuser, "--key", life.Keys, "--json");
        answer.ExitCode.ShouldBe(1, answer.ToString());
        var findings = JsonNode.Parse(answer.Output)!["findings"]!.AsArray();
        findings[0]!["code"]!.GetValue<string>().ShouldBe("entry-changed");
        findings.ShouldContain(finding => finding!["code"]!.GetValue<string>() == "projection-differs");
    }

    private async Task<JsonNode> FindingAsync()
    {
        var answer = await SealCommand.Run("audit", life.Superuser, "--key", life.Keys, "--json");
        answer.ExitCode.ShouldBe(1, answer.ToString());
        var finding = JsonNode.Parse(answer.Output)!["findings"]!.AsArray().ShouldHaveSingleItem()!;
        finding["code"]!.GetValue<string>().ShouldBe("projection-differs");
        return finding;
    }

    /// <summary>Changes a table and puts it back.</summary>
    private async Task<IAsyncDisposable> ChangedAsync(string statement, string table)
    {
        await ScalarAsync($"create table public.safe as table projections.{table}; {statement}");
        return new Restored(() => ScalarAsync($"delete from projections.{table}; insert into projections.{table} table public.safe; drop table public.safe"));
    }

    private async Task<object?> ScalarAsync(string statement)
    {
        await using var database = NpgsqlDataSource.Create(life.Superuser);
#pragma warning disable CA2100 // The test's own statements.
        await using var command = database.CreateCommand(statement);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Ct);
    }

    private sealed class Restored(Func<Task> restore) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await restore();
    }
}
