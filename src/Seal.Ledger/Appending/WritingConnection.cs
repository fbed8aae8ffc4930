using System.Data;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Appending;

/// <summary>The connection that batches are written on, one after the other; a new one when it is lost.</summary>
[SuppressMessage("Reliability", "CA2213:Disposable fields should be disposed", Justification = "The database is the ledger's.")]
internal sealed class WritingConnection(Database database) : IAsyncDisposable
{
    private int _losses;

    /// <summary>The connection as it stands, perhaps inside a transaction; null if there is none.</summary>
    public NpgsqlConnection? Current { get; private set; }

    /// <summary>The connection; a new one if there is none, or if others have found their server gone since.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var losses = database.Losses;
        if (Current is not null && _losses != losses)
        {
            await Current.DisposeAsync();
            Current = null;
        }

        if (Current is null)
        {
            Current = await database.ConnectForWritingAsync();
            _losses = losses;
        }

        return Current;
    }

    /// <summary>Ends the transaction, if there is one.</summary>
    public async Task RollBackAsync()
    {
        if (Current is null)
        {
            return;
        }

        if (Current.State != ConnectionState.Open)
        {
            // The server ended the session together with its refusal.
            await DropAsync();
            return;
        }

        try
        {
            await using var command = new NpgsqlCommand("rollback", Current);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (Database.IsConnectionLoss(e))
        {
            // The server is gone, and the transaction with it.
            await DropAsync();
        }
    }

    /// <summary>Gives the connection up, and with it all those to the same server that wait to be used.</summary>
    public async Task DropAsync()
    {
        await DisposeAsync();
        database.ForgetConnections();
    }

    public async ValueTask DisposeAsync()
    {
        if (Current is not null)
        {
            await Current.DisposeAsync();
            Current = null;
        }
    }
}
