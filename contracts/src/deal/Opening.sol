// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Consent} from "./Consent.sol";
import {DealCore} from "./DealCore.sol";
import {DealHashing} from "./DealHashing.sol";
import {Funding, FundingKind, Head, Leg, LegState} from "./DealTypes.sol";
import {FundingRoutes} from "./FundingRoutes.sol";
import {IDealEscrow} from "./IDealEscrow.sol";
import {Lane, toLane} from "./Lanes.sol";
import {Occupancy} from "./Occupancy.sol";
import {TermsRules} from "./TermsRules.sol";

/// @title Opening
/// @notice How a deal begins: its terms are checked, its parties agree, its money and bonds come in.
abstract contract Opening is DealCore {
    /// @notice The rules that terms are held against; deployed with the escrow.
    TermsRules public immutable termsRules = new TermsRules();

    /// @inheritdoc IDealEscrow
    function open(
        Head calldata head,
        Leg[] calldata legs,
        bytes[] calldata payeeSigs,
        bytes[] calldata standbySigs,
        Funding calldata funding
    ) external nonReentrant returns (bytes32 dealId) {
        uint256 total = _checkTerms(head, legs);
        dealId = _dealId(head, legs);
        if (_lane(dealId, 0).state() != LegState.None) revert AlreadyOpened(dealId);
        _fillLanes(dealId, legs.length, toLane(LegState.Active, 0, 0, 0));
        uint256 joined = _admit(dealId, head, legs, payeeSigs, standbySigs);
        emit Opened(dealId, head.client, joined, DealHashing.termsBytes(head, legs));
        _fund(dealId, head, total, funding);
    }

    /// @inheritdoc IDealEscrow
    function join(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes calldata payeeSig,
        bytes calldata standbySig
    ) external nonReentrant {
        bytes32 dealId = _dealId(head, siblings, i, leg);
        _requireState(_lane(dealId, i), LegState.Offered);
        _requireInTime(Occupancy.joinDeadline(leg, head.joinBy));
        Consent.requireParty(leg.payee, dealId, payeeSig);
        if (leg.standby != address(0)) Consent.requireParty(leg.standby, dealId, standbySig);
        _setLane(dealId, i, toLane(LegState.Active, 0, 0, 0));
        // forge-lint: disable-next-line(unsafe-typecast)
        emit Joined(dealId, uint8(i), leg.payee);
        _bind(dealId, head.token, leg);
    }

    /// @dev Has the terms checked, and gives back the rules' own refusal. Returns what the client pays in.
    function _checkTerms(Head calldata head, Leg[] calldata legs) private view returns (uint256 total) {
        bytes memory question = DealHashing.termsCall(TermsRules.check.selector, head, legs);
        address rules = address(termsRules);
        assembly ("memory-safe") {
            if iszero(staticcall(gas(), rules, add(question, 0x20), mload(question), 0, 0x20)) {
                let p := mload(0x40)
                returndatacopy(p, 0, returndatasize())
                revert(p, returndatasize())
            }
            total := mload(0)
        }
    }

    /// @dev Takes in whoever agrees; a leg whose payee or standby does not is offered. Returns a bit for each
    /// leg that is active.
    function _admit(
        bytes32 dealId,
        Head calldata head,
        Leg[] calldata legs,
        bytes[] calldata payeeSigs,
        bytes[] calldata standbySigs
    ) private returns (uint256 joined) {
        if (payeeSigs.length != legs.length) {
            revert SignatureCountMismatch(payeeSigs.length, legs.length);
        }
        Consent.requireAgent(identityRegistry, head.clientAgentId, head.clientAgentEpoch, head.client);
        Admission memory a;
        (a.dealId, a.token, a.joinBy) = (dealId, head.token, head.joinBy);
        for (uint256 i = 0; i < legs.length; ++i) {
            if (_agree(a, legs[i], payeeSigs[i], standbySigs)) {
                joined |= 1 << i;
                _bind(dealId, a.token, legs[i]);
            } else {
                _requireInTime(a.joinBy);
                _setLane(dealId, i, toLane(LegState.Offered, 0, 0, 0));
            }
        }
        if (standbySigs.length != a.standbys) {
            revert SignatureCountMismatch(standbySigs.length, a.standbys);
        }
    }

    /// @dev What is carried from leg to leg at open: who agreed to the leg before, and how many standbys there
    /// were.
    struct Admission {
        bytes32 dealId;
        address token;
        uint256 joinBy;
        address payee;
        address standby;
        uint256 standbys;
    }

    /// @dev Whether a leg's payee and standby both agree; a signature that is given must be good.
    function _agree(
        Admission memory a,
        Leg calldata leg,
        bytes calldata payeeSig,
        bytes[] calldata standbySigs
    ) private view returns (bool all) {
        bool mayJoin = a.joinBy != 0;
        all = Consent.agrees(leg.payee, a.dealId, payeeSig, mayJoin, a.payee);
        a.payee = all ? leg.payee : address(0);
        address standby = leg.standby;
        if (standby == address(0)) return all;
        if (a.standbys >= standbySigs.length) {
            revert SignatureCountMismatch(standbySigs.length, a.standbys + 1);
        }
        bool ready = Consent.agrees(standby, a.dealId, standbySigs[a.standbys], mayJoin, a.standby);
        a.standby = ready ? standby : address(0);
        ++a.standbys;
        return all && ready;
    }

    /// @dev Binds a leg's parties: they speak for their agents, and their bonds are taken.
    function _bind(bytes32 dealId, address token, Leg calldata leg) private {
        address payee = leg.payee;
        Consent.requireAgent(identityRegistry, leg.agentId, leg.agentEpoch, payee);
        _debit(dealId, token, payee, leg.bond);
        address standby = leg.standby;
        if (standby == address(0)) return;
        Consent.requireAgent(identityRegistry, leg.standbyAgentId, leg.standbyAgentEpoch, standby);
        _debit(dealId, token, standby, leg.standbyBond);
    }

    /// @dev Takes the deal's total from the client, by its consent.
    function _fund(bytes32 dealId, Head calldata head, uint256 total, Funding calldata funding) private {
        if (funding.kind == FundingKind.CREDIT) {
            Consent.requireParty(head.client, dealId, funding.data);
            _debit(dealId, head.token, head.client, total);
        } else {
            FundingRoutes.take(FundingRoutes.Due(dealId, head.token, head.client, total), funding);
        }
    }
}
