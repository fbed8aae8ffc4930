namespace Seal.Tokens.Pkcs11;

/// <summary>
/// The sessions on one token, lent to several threads. When the token was pulled out, or its library lost it,
/// everything opened is thrown away, opened again and signed in again.
/// </summary>
internal sealed class TokenSessions : IDisposable
{
    private readonly Pkcs11Module _module;
    private readonly Func<TokenFacts> _find;
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _free;
    private readonly ReaderWriterLockSlim _objects = new();
    private TokenConnection? _connection;
    private TokenPin? _signedInWith;

    /// <param name="module">The library.</param>
    /// <param name="name">The token, as messages name it.</param>
    /// <param name="serialNumber">Tells it from the library's other tokens.</param>
    /// <param name="find">Where the token is now; throws if it is nowhere.</param>
    /// <param name="maximum">Most sessions lent at once.</param>
    public TokenSessions(Pkcs11Module module, string name, string serialNumber, Func<TokenFacts> find, int maximum)
    {
        _module = module;
        _name = name;
        SerialNumber = serialNumber;
        _find = find;
        _free = new SemaphoreSlim(maximum);
    }

    public string SerialNumber { get; }

    /// <summary>
    /// Lends a session. Work that fails because the token was gone is done again: first on new sessions, then
    /// after the library was started anew (some see a token come back only then). Every kind of work may be
    /// begun twice: what fails this way has reached nothing.
    /// </summary>
    public T Use<T>(Func<TokenSession, TokenConnection, T> work)
    {
        _free.Wait();
        _objects.EnterReadLock();
        try
        {
            return Attempt(work);
        }
        finally
        {
            _objects.ExitReadLock();
            _free.Release();
        }
    }

    /// <summary>
    /// Lends a session for work that makes or destroys objects, while no other work is done on the token: SoftHSM
    /// answers CKR_GENERAL_ERROR when one thread makes an object that another comes across half made.
    /// </summary>
    public T Change<T>(Func<TokenSession, T> work)
    {
        _objects.EnterWriteLock();
        try
        {
            return Attempt((session, _) => work(session));
        }
        finally
        {
            _objects.ExitWriteLock();
        }
    }

    /// <summary>Keeps the PIN to sign in again after the token was out; null forgets it.</summary>
    public void Remember(TokenPin? pin)
    {
        lock (_gate)
        {
            _signedInWith?.Dispose();
            _signedInWith = pin;
        }
    }

    /// <summary>Keeps a changed PIN in place of the one that is kept, if one is.</summary>
    public void Replace(TokenPin pin)
    {
        lock (_gate)
        {
            if (_signedInWith is not null)
            {
                Remember(pin.Copy());
            }
        }
    }

    public void Dispose()
    {
        Remember(null);
        Drop(_connection);
        _free.Dispose();
        _objects.Dispose();
    }

    private T Attempt<T>(Func<TokenSession, TokenConnection, T> work)
    {
        var start = _module.Starts;
        for (var attempt = 1; ; attempt++)
        {
            TokenConnection? current = null;
            try
            {
#pragma warning disable CA2000 // goes on for later calls
                current = Connect();
#pragma warning restore CA2000
                return Use(current, work);
            }
            catch (TokenException failure) when (failure.Result is { } result && result.IsLostConnection())
            {
                Drop(current);
                if (attempt == 3 || (attempt == 2 && !(MayBeStale(result) && _module.TryRestart(SerialNumber, start))))
                {
                    throw;
                }
            }
        }
    }

    private T Use<T>(TokenConnection current, Func<TokenSession, TokenConnection, T> work)
    {
        using var _ = _module.Running();
        var session = current.Rent();
        try
        {
            var result = work(session, current);
            current.Return(session);
            return result;
        }
        catch
        {
            session.Dispose(); // may have an operation begun
            throw;
        }
    }

    /// <summary>Whether the library, rather than the token, may be what is lost. Not where simply nobody has signed in.</summary>
    private bool MayBeStale(CkResult result)
    {
        lock (_gate)
        {
            return result != CkResult.UserNotLoggedIn || _signedInWith is not null;
        }
    }

    private TokenConnection Connect()
    {
        lock (_gate)
        {
            if (_connection is not null)
            {
                return _connection;
            }

            using var _ = _module.Running();
            var facts = _find();
#pragma warning disable CA2000 // goes into _connection, or is disposed below
            var opened = new TokenConnection(_module.Functions, (nuint)facts.Slot, $"{_name} in slot {facts.Slot}");
#pragma warning restore CA2000
            try
            {
                SignInAgain(opened);
            }
            catch
            {
                opened.Dispose();
                throw;
            }

            _module.Connected(this);
            return _connection = opened;
        }
    }

    private void SignInAgain(TokenConnection opened)
    {
        if (_signedInWith is null)
        {
            return;
        }

        var result = opened.SignIn(_signedInWith);
        if (result is CkResult.Ok or CkResult.UserAlreadyLoggedIn)
        {
            return;
        }

        if (!result.IsLostConnection())
        {
            // Changed elsewhere in the meantime: trying it again would only lock the token.
            _signedInWith.Dispose();
            _signedInWith = null;
        }

        throw new TokenException(_name, "C_Login", result);
    }

    private void Drop(TokenConnection? lost)
    {
        if (lost is null)
        {
            return; // it was never opened
        }

        lock (_gate)
        {
            if (_connection == lost)
            {
                _connection = null;
                _module.Disconnected(this);
            }
        }

        using var _ = _module.Running();
        lost.Dispose();
    }
}
