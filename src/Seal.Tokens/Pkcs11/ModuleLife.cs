namespace Seal.Tokens.Pkcs11;

/// <summary>
/// Lets calls into a library run side by side, but none while it is started anew: C_Finalize under a running
/// call is undefined (PKCS#11 2.40 §5.4).
/// </summary>
#pragma warning disable CA1001 // A token may be asked after its library has ended, and must get the library's answer: the lock is left to the collector.
internal sealed class ModuleLife
#pragma warning restore CA1001
{
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);

    /// <summary>Held during calls.</summary>
    public Call Running()
    {
        _lock.EnterReadLock();
        return new Call(_lock);
    }

    /// <summary>Waits for the calls that run, and keeps others out meanwhile.</summary>
    public void Alone(Action work)
    {
        _lock.EnterWriteLock();
        try
        {
            work();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    internal readonly struct Call(ReaderWriterLockSlim held) : IDisposable
    {
        public void Dispose() => held.ExitReadLock();
    }
}
