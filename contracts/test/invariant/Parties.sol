// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deals} from "../support/Deals.sol";
import {HostileWallet} from "../support/HostileWallet.sol";
import {vm} from "../support/Vm.sol";
import {
    BlocklistToken,
    BurningToken,
    DenyingToken,
    Fate,
    FloodingToken,
    HookedToken,
    PausableToken,
    RebasingToken,
    ReentrantToken,
    SilentToken,
    TollToken,
    UpgradedToken,
    VanishingToken,
    WeirdToken
} from "../support/WeirdTokens.sol";
import {Wallet} from "../support/World.sol";
import {Ledger} from "./Ledger.sol";

/// @notice Two clients and three payees with agents who also stand by for each other, one of each a contract that
/// behaves as it likes; a platform, an arbiter, strangers who relay; USDC and twelve tokens that misbehave.
abstract contract Parties is Deals, Ledger {
    /// @dev Who sends a call, what signature goes with it, and whether that is to be taken for the party's.
    struct Say {
        address sender;
        bytes signature;
        bool good;
    }

    uint256 internal constant TOKENS = 13;

    Wallet[] internal clients;
    Wallet[] internal payees;
    HostileWallet[] internal wallets;
    address[] public accounts;
    address[] public tokens;
    uint256[] internal agents;
    uint256 internal clientAgentId;
    bytes private _code;

    BlocklistToken internal blocklist = new BlocklistToken();
    ReentrantToken internal reentrant = new ReentrantToken();
    HookedToken internal hooked = new HookedToken();
    RebasingToken internal rebasing = new RebasingToken();
    VanishingToken internal vanishing = new VanishingToken();
    UpgradedToken internal upgraded = new UpgradedToken();

    function populate() internal {
        setUp();
        tokens = [
            address(usdc),
            address(new SilentToken()),
            address(new TollToken()),
            address(blocklist),
            address(new PausableToken()),
            address(reentrant),
            address(new DenyingToken()),
            address(new FloodingToken()),
            address(new BurningToken()),
            address(hooked),
            address(rebasing),
            address(vanishing),
            address(upgraded)
        ];
        _code = address(vanishing).code;
        clients.push(wallet("client 0"));
        clients.push(_contract("client 1"));
        for (uint256 i = 0; i < 2; ++i) {
            payees.push(wallet(string.concat("payee ", vm.toString(i))));
        }
        payees.push(_contract("payee 2"));
        for (uint256 i = 0; i < clients.length; ++i) {
            _fund(clients[i].addr);
        }
        for (uint256 i = 0; i < payees.length; ++i) {
            _fund(payees[i].addr);
            agents.push(register(payees[i]));
        }
        accounts.push(platform.addr);
        accounts.push(arbiter.addr);
        clientAgentId = register(clients[0]);
    }

    function house() internal view override returns (address) {
        return address(escrow);
    }

    function fateOf(address token, address from, address to, uint256 amount)
        internal
        view
        override
        returns (Fate memory)
    {
        if (token == address(usdc)) return Fate(true, true, amount);
        if (token.code.length == 0) return Fate(false, false, 0);
        return WeirdToken(token).fate(from, to, amount);
    }

    // --- who says what ---

    /// @dev A party's own call, or a stranger's with its signature, or with another's.
    function say(address party, bytes32 digest, uint256 seed) internal view returns (Say memory s) {
        uint256 how = uint256(keccak256(abi.encode("say", seed))) % 8;
        if (how < 4 || party == address(0)) {
            return Say(party == address(0) ? stranger.addr : party, "", true);
        }
        bool real = how < 7;
        s.sender = stranger.addr;
        s.signature = sign(real ? keyOf(party) : stranger, digest);
        s.good = vouched(party, real);
    }

    /// @dev Whether a signature is taken for an account's; `real` if it is of the account's key.
    function vouched(address account, bool real) internal view returns (bool) {
        return account.code.length == 0 ? real : HostileWallet(account).vouches(real);
    }

    function keyOf(address account) internal view returns (Wallet memory) {
        for (uint256 i = 0; i < payees.length; ++i) {
            if (payees[i].addr == account) return payees[i];
            if (i < clients.length && clients[i].addr == account) return clients[i];
        }
        revert("nobody");
    }

    // --- how the world behaves ---

    /// @dev Another mood for one token; `entry` is what it calls back with if it does.
    function upset(uint256 seed, bytes memory entry) internal {
        address token = tokens[1 + seed % (TOKENS - 1)];
        if (token == address(blocklist)) {
            uint256 who = (seed >> 8) % (accounts.length + 1);
            blocklist.blockAccount(who == accounts.length ? address(escrow) : accounts[who]);
        } else if (token == address(vanishing)) {
            vm.etch(token, seed >> 8 & 1 == 0 ? bytes("") : _code);
        } else if (token == address(rebasing)) {
            _scale(rebasing, within(seed >> 8, 9000, 11_000), 10_000);
        } else if (token == address(upgraded)) {
            bool up = upgraded.mode() == 0;
            _scale(upgraded, up ? 1e12 : 1, up ? 1 : 1e12);
            upgraded.become(up ? 1 : 0);
        } else {
            if (token == address(reentrant)) reentrant.reenterBy(entry);
            WeirdToken(token).become((seed >> 8) % 3);
        }
    }

    /// @dev Every token behaves again, as it did before whatever it took away.
    function appease() internal {
        vm.etch(address(vanishing), _code);
        blocklist.blockAccount(address(0));
        for (uint256 t = 1; t < TOKENS; ++t) {
            if (tokens[t] != address(upgraded)) WeirdToken(tokens[t]).become(0);
        }
        for (uint256 i = 0; i < wallets.length; ++i) {
            wallets[i].behave(HostileWallet.Manner.Honest, HostileWallet.Manner.Honest, "");
        }
    }

    function estrange(uint256 seed, bytes memory entry) internal {
        // honest by half: else hardly a deal would open
        uint256 signing_ = (seed >> 8) % 16;
        HostileWallet.Manner signing = HostileWallet.Manner(signing_ < 8 ? signing_ : 0);
        HostileWallet.Manner receiving = HostileWallet.Manner((seed >> 16) % 8);
        wallets[seed % wallets.length].behave(signing, receiving, entry);
    }

    function _scale(RebasingToken token, uint256 by, uint256 of_) private {
        address[] memory holders = new address[](accounts.length + 1);
        holders[0] = address(escrow);
        for (uint256 i = 0; i < accounts.length; ++i) {
            holders[i + 1] = accounts[i];
        }
        token.scale(holders, by, of_);
        for (uint256 i = 0; i < holders.length; ++i) {
            uint256 had = balance[address(token)][holders[i]];
            balance[address(token)][holders[i]] = had * by / of_;
        }
        robbed[address(token)] = true;
    }

    function _contract(string memory name) private returns (Wallet memory made) {
        made = wallet(name);
        HostileWallet account = new HostileWallet(made.addr, address(escrow));
        wallets.push(account);
        hooked.register(address(account));
        made.addr = address(account);
    }

    function _fund(address account) private {
        accounts.push(account);
        for (uint256 t = 0; t < TOKENS; ++t) {
            // every token can be minted in the same way
            WeirdToken(tokens[t]).mint(account, usdc.MINT_CAP());
            balance[tokens[t]][account] = usdc.MINT_CAP();
        }
        vm.prank(account);
        usdc.approve(address(escrow), type(uint256).max);
    }
}
