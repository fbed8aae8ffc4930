using System.Diagnostics.Metrics;
using Seal.Service.Vault;

namespace Seal.Service.Operation;

/// <summary>How far the vault is under its present master key, in numbers.</summary>
public sealed class VaultMetrics : IDisposable
{
    private readonly Meter _meter = new(SealMetrics.Name);
    private VaultStanding? _standing;

    /// <summary>Sets the instruments up.</summary>
    public VaultMetrics(Rewrapping rewrapping)
    {
        _meter.CreateObservableGauge("seal_vault_rows_left", () => Of(standing => standing.RowsLeft), description: "Rows of the vault that are still under a former master key");
        _meter.CreateObservableGauge("seal_vault_former_master_keys", () => Of(standing => standing.Older.Count), description: "Former master keys that are not retired");
        _meter.CreateObservableGauge("seal_vault_rows_unreadable", () => rewrapping.Unreadable, description: "Rows under a former master key that did not open in this process");
        _meter.CreateObservableCounter("seal_vault_rewrapped_total", () => rewrapping.Done, description: "Rows that this process has put under a newer master key");
    }

    /// <summary>How the vault stood at the last look of this process.</summary>
    public VaultStanding? Standing => Volatile.Read(ref _standing);

    /// <summary>Takes note of how the vault stands.</summary>
    public void Stands(VaultStanding standing) => Volatile.Write(ref _standing, standing);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Of(Func<VaultStanding, long> value) => Standing is { } standing ? [new Measurement<long>(value(standing))] : [];
}
